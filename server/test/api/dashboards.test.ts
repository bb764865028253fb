import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

/** What operators are given to look at what /metrics serves: every figure that it names has to be there. */
const folder = fileURLToPath(new URL("../../../deploy/observability/", import.meta.url));
const read = (file: string): string => readFileSync(`${folder}${file}`, "utf8");

interface Panel {
  id: number;
  type: string;
  title: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { expr: string }[];
}
interface Rule {
  alert: string;
  expr: string;
  annotations: { summary: string; action: string };
  labels: { severity: string };
}
const { panels, templating } = JSON.parse(read("grafana-dashboard.json")) as {
  panels: Panel[];
  templating: { list: { name: string }[] };
};
const rules = (parse(read("prometheus-alerts.yml")) as { groups: { rules: Rule[] }[] }).groups.flatMap(
  (group) => group.rules,
);
const expressions = [
  ...panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ where: title, expr }))),
  ...rules.map(({ alert, expr }) => ({ where: alert, expr })),
];

let studio: QueueStudio;
/** By metric: the labels that it has. */
const served = new Map<string, Set<string>>();
beforeAll(async () => {
  studio = await startQueueStudio({ roles: { api: true, worker: true } });
  for (const metric of await studio.deps.metrics.getMetricsAsJSON()) {
    const { labelNames = [] } = studio.deps.metrics.getSingleMetric(metric.name) as unknown as {
      labelNames?: string[];
    };
    const isHistogram = String(metric.type) === "histogram";
    for (const ending of isHistogram ? ["_bucket", "_sum", "_count"] : [""])
      served.set(`${metric.name}${ending}`, new Set([...labelNames, ...(isHistogram ? ["le"] : [])]));
  }
});
afterAll(() => studio[Symbol.asyncDispose]());

test("every figure that the dashboard and the alerts name is served, with the labels that they select by", () => {
  const unknown: string[] = [];
  for (const { where, expr } of expressions) {
    for (const [, name = "", selector = ""] of expr.matchAll(/\b(callsheet_\w+)(\{[^}]*\})?/g)) {
      const labels = served.get(name);
      if (!labels) unknown.push(`${where}: ${name}`);
      for (const [, label = ""] of selector.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g))
        if (labels && !labels.has(label)) unknown.push(`${where}: ${name} by ${label}`);
    }
  }
  expect(unknown).toEqual([]);
});

test("every figure that is served is on the dashboard", () => {
  const shown = expressions.map(({ expr }) => expr).join(" ");
  const names = [...served.keys()].filter((name) => !/_(sum|count|bucket)$/.test(name) || name.endsWith("_bucket"));
  const missing = names.filter((name) => !shown.includes(name.replace(/_bucket$/, "")));
  expect(missing).toEqual([]);
});

test("panels have ids of their own and do not lie on each other, and variables that they use are there", () => {
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const places = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
  );
  expect(new Set(places).size).toBe(places.length);
  const names = templating.list.map(({ name }) => name);
  for (const [, variable = ""] of JSON.stringify(panels).matchAll(/\$\{?(?!__)(\w+)/g))
    expect(names).toContain(variable);
});

test("brackets of every expression match, and every alert says what is wrong and what to do", () => {
  for (const { where, expr } of expressions) {
    const depth = { "(": 0, "{": 0, "[": 0 };
    for (const sign of expr) {
      if (sign in depth) depth[sign as "("] += 1;
      const opening = ({ ")": "(", "}": "{", "]": "[" } as const)[sign];
      if (opening) depth[opening] -= 1;
      expect({ where, isFine: Object.values(depth).every((count) => count >= 0) }).toEqual({ where, isFine: true });
    }
    expect({ where, depth }).toEqual({ where, depth: { "(": 0, "{": 0, "[": 0 } });
  }
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  for (const { annotations, labels } of rules) {
    expect(annotations).toEqual({ summary: expect.any(String), action: expect.any(String) });
    expect(["page", "ticket"]).toContain(labels.severity);
  }
});

test("the example of a configuration for Prometheus reads these alerts", () => {
  expect(parse(read("prometheus.yml"))).toMatchObject({
    rule_files: ["prometheus-alerts.yml"],
    scrape_configs: [{ job_name: "callsheet-api" }, { job_name: "callsheet-worker" }],
  });
});
