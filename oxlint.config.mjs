import { readdirSync } from "node:fs";

/** A domain imports only from those before it: see ARCHITECTURE.md. */
const domainOrder = [
  "accounts",
  "projects",
  "assets",
  "machines",
  "workflows",
  "fragments",
  "libraries",
  "presets",
  "prompts",
  "queue",
  "takes",
  "retention",
  "stories",
  "autoprompt",
  "works",
  "webhooks",
];

/** What a domain shows to later ones; everything else is its own business. */
const publicFiles = String.raw`(logic/.*|(.*/)?[^/]+\.(service|loaders|graphql)\.ts|viewer\.ts|machine-health\.ts|submit/submit-input\.ts)$`;

const deny = (regex, message) => ({ regex, message });
const restrict = (files, patterns) => ({ files, rules: { "no-restricted-imports": ["error", { patterns }] } });

const nothingAbove = deny(
  "^#app/(?!deps|version)",
  "Only app/ puts parts together; take what you need as a parameter.",
);

const domains = domainOrder.map((domain, index) => {
  const later = domainOrder.slice(index + 1);
  return restrict(
    [`server/src/domains/${domain}/**`],
    [
      nothingAbove,
      deny(String.raw`^(\./)?\.\./`, "Name files of the server from its root: #domains/…"),
      deny(
        `^#domains/(?!${domain}/)[^/]+/(?!${publicFiles})`,
        "Of another domain only logic/, services, loaders and GraphQL types are public.",
      ),
      ...(later.length > 0
        ? [
            deny(
              `^#domains/(${later.join("|")})/`,
              `${domain} comes before this domain; tell it with an event instead.`,
            ),
          ]
        : []),
    ],
  );
});

const layers = [
  restrict(["server/src/lib/**"], [deny("^#(domains|graphql|app|platform)/", "lib/ knows nothing of the product.")]),
  restrict(["server/src/platform/**"], [deny("^#(domains|graphql|app)/", "platform/ knows nothing of the domains.")]),
  restrict(
    ["server/src/graphql/**"],
    [nothingAbove, deny(String.raw`^#domains/.*\.graphql\.ts$`, "Only graphql/schema.ts knows the domains' types.")],
  ),
  restrict(["server/src/graphql/schema.ts"], [nothingAbove]),
];

const features = readdirSync("web/src/features", { withFileTypes: true }).filter((entry) => entry.isDirectory());
const web = [
  restrict(
    ["web/src/ui/**"],
    [deny("^#(gql|features|app|lib/graphql)/|^urql$", "ui/ is the design system; it knows no GraphQL.")],
  ),
  restrict(["web/src/lib/**"], [deny("^#(features|app)/", "lib/ serves all features and knows none.")]),
  ...features.map(({ name }) =>
    restrict(
      [`web/src/features/${name}/**`],
      [
        deny("^#app/", "Routes import features."),
        deny("^next/link$", "Take it from #ui/link.tsx, which fetches nothing for links that are only in view."),
        deny("^sonner$", "Toasts are said through #ui/toast.tsx, which loads what shows them."),
        deny(`^#features/(?!${name}/)`, "Features do not import each other."),
        {
          regex: "^urql$",
          importNames: ["useQuery"],
          message: "Take it from #lib/graphql/use-query.ts, whose refetch is safe while React puts updates off.",
        },
      ],
    ),
  ),
];

export default {
  plugins: ["eslint", "typescript", "unicorn", "oxc", "import", "promise", "node", "react", "jsx-a11y", "jest"],
  jsPlugins: ["./scripts/lint/no-using-in-loop.mjs"],
  categories: { correctness: "error", suspicious: "error" },
  env: { node: true, browser: true, es2024: true, jest: true },
  ignorePatterns: [
    "**/generated/**",
    "web/src/gql/**",
    "server/src/cli/gql/**",
    "e2e/src/gql/**",
    "**/dist/**",
    "**/.next/**",
  ],
  rules: {
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    "typescript/consistent-type-imports": [
      "error",
      { fixStyle: "inline-type-imports", disallowTypeAnnotations: false },
    ],
    "import/no-cycle": "error",
    "import/no-default-export": "error",
    "no-console": "error",
    "callsheet/no-using-in-loop": "error",
    "no-restricted-globals": ["error", { name: "event", message: "Take the event as a parameter." }],
    // Files that register types are imported for that alone.
    "import/no-unassigned-import": "off",
    "import/no-named-as-default-member": "off",
    // Rows of hand-written SQL and parsed JSON get their type by assertion, at the border.
    "typescript/no-unsafe-type-assertion": "off",
    // Generated types promise more than arrives, and graphql's enums are compared with their texts.
    "typescript/no-unnecessary-type-conversion": "off",
    "typescript/no-unsafe-enum-comparison": "off",
    // Names are cut by code point on purpose.
    "typescript/no-misused-spread": "off",
    "unicorn/consistent-function-scoping": "off",
    "unicorn/prefer-add-event-listener": "off",
    "no-underscore-dangle": "off",
    // A short name may mean something nearer for a few lines; the compiler sees what is meant.
    "no-shadow": "off",
    // Says nothing that the compiler does not say better.
    "typescript/consistent-return": "off",
    // Does not see what a callback changes.
    "no-unmodified-loop-condition": "off",
    "promise/always-return": "off",
    "react/react-in-jsx-scope": "off",
    "react/incompatible-library": "off",
    "react/refs": "off",
    // Takes every function in a property for a component: rows of lists are rendered by such functions.
    "react/no-unstable-nested-components": "off",
    // Focus belongs into a dialog that opens, and scrolling regions must be reachable by keyboard; axe checks the result.
    "jsx-a11y/no-autofocus": "off",
    "jsx-a11y/no-noninteractive-tabindex": "off",
    "jsx-a11y/no-noninteractive-element-interactions": "off",
    "jsx-a11y/prefer-tag-over-role": "off",
    // Jest's own habits: an expectation may live in a helper.
    "jest/expect-expect": "off",
    "jest/no-standalone-expect": "off",
    "jest/no-conditional-expect": "off",
    "jest/valid-title": "off",
    "jest/require-to-throw-message": "off",
  },
  overrides: [
    ...layers,
    ...domains,
    ...web,
    // What these print is their purpose.
    {
      files: [
        "scripts/**",
        ".ci/**",
        "bench/**",
        "server/src/main/**",
        "server/src/app/start/**",
        "**/{test,support}/**",
        "web/src/lib/forward.ts",
      ],
      rules: { "no-console": "off" },
    },
    {
      files: ["**/*.test.{ts,tsx}", "**/{test,tests,support}/**"],
      rules: {
        "no-control-regex": "off",
        "no-loss-of-precision": "off",
        "typescript/await-thenable": "off",
        "typescript/no-base-to-string": "off",
        "typescript/require-array-sort-compare": "off",
        "unicorn/no-array-fill-with-reference-type": "off",
      },
    },
    // Frameworks look for a default export here.
    {
      files: [
        "*.config.*",
        "codegen.ts",
        "scripts/lint/*.mjs",
        "scripts/lib/test-runner.mjs",
        "web/*.config.*",
        "web/src/app/**",
        "**/global-*.mjs",
      ],
      rules: { "import/no-default-export": "off" },
    },
  ],
};
