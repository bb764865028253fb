/**
 * `using` in a loop that goes on after errors: esbuild, which builds the server, lowers it to variables of the function, so
 * that an error of one round is thrown again in each later one (seen with 0.28). In a function of its own it works.
 */
const noUsingInLoop = {
  create(context) {
    return {
      VariableDeclaration(node) {
        if (node.kind !== "using" && node.kind !== "await using") return;
        let isCaught = false;
        for (let at = node.parent; at && !/Function|Program/.test(at.type); at = at.parent) {
          if (at.type === "TryStatement" && at.handler) isCaught = true;
          if (!isCaught || !/^(For|While|DoWhile)/.test(at.type)) continue;
          context.report({
            node,
            message:
              "An error of an earlier round is thrown again here once this is built; move it to a function of its own.",
          });
          return;
        }
      },
    };
  },
};

export default { meta: { name: "callsheet" }, rules: { "no-using-in-loop": noUsingInLoop } };
