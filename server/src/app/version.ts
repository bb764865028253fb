import packageJson from "../../package.json" with { type: "json" };

/** As in the package. */
export const { version } = packageJson;
