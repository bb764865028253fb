@rem Windows has no "exec", with which "npm start" makes way for the server, so that npm's signals reach it.
@%*
