import helmet from "helmet";

/**
 * What browsers are told of every answer: it is what its type says, no page may frame it, and as a page of its own it may load
 * nothing. Answers that say something narrower of their own, such as files, keep that.
 */
export const setSafeHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] },
  },
  xFrameOptions: { action: "deny" },
  referrerPolicy: { policy: "no-referrer" },
  // Pages elsewhere may show pictures; what they may read is CORS's matter.
  crossOriginResourcePolicy: false,
  // Whether all of a host speaks TLS is known to the proxy that ends it.
  strictTransportSecurity: false,
});
