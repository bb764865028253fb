import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse, parseAllDocuments } from "yaml";
import { readConfig, variableNames } from "#app/config.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = `${root}deploy/kubernetes/`;
const base = `${folder}base/`;
const overlay = `${folder}overlays/example/`;
const read = (file: string): string => readFileSync(file, "utf8");

interface Probe {
  httpGet?: { path: string; port: string };
  exec?: { command: string[] };
}
interface Container {
  name: string;
  image: string;
  args?: string[];
  env?: { name: string; value: string }[];
  envFrom?: object[];
  ports: { name: string; containerPort: number }[];
  readinessProbe: Probe;
  livenessProbe: Probe;
  startupProbe?: Probe;
  resources: { requests: object; limits: object };
  securityContext: object;
  volumeMounts: { name: string; mountPath: string }[];
}
interface Manifest {
  kind: string;
  metadata: { name: string; labels?: Record<string, string> };
  data?: Record<string, string>;
  spec: any;
}
const files = (parse(read(`${base}kustomization.yaml`)) as { resources: string[] }).resources;
const manifests = files.flatMap((file) =>
  parseAllDocuments(read(`${base}${file}`)).map((document) => document.toJS() as Manifest),
);
const ofKind = (kind: string): Manifest[] => manifests.filter((each) => each.kind === kind);
const deployments = ofKind("Deployment").map(({ metadata, spec }) => ({
  name: metadata.name.replace("callsheet-", ""),
  labels: spec.template.metadata.labels as Record<string, string>,
  spec,
  pod: spec.template.spec,
  container: spec.template.spec.containers[0] as Container,
}));
const deployment = (name: string) => {
  const found = deployments.find((each) => each.name === name);
  if (!found) throw new Error(`there is no Deployment of ${name}`);
  return found;
};

test("every file is a part of the base, and everything that kustomizations name is there", () => {
  expect(files.toSorted()).toEqual(
    readdirSync(base)
      .filter((file) => file !== "kustomization.yaml")
      .toSorted(),
  );
  const { resources, patches } = parse(read(`${overlay}kustomization.yaml`)) as {
    resources: string[];
    patches: { path: string }[];
  };
  for (const path of [...resources, ...patches.map((each) => each.path)]) {
    expect([path, existsSync(`${overlay}${path}`)]).toEqual([path, true]);
  }
  expect(deployments.map((each) => each.name)).toEqual(["api", "worker", "web"]);
});

test("selectors of Deployments, Services, budgets and network policies fit the pods", () => {
  const fits = (selector: Record<string, string>): string[] =>
    deployments
      .filter(({ labels }) => Object.entries(selector).every(([name, value]) => labels[name] === value))
      .map((each) => each.name);
  for (const { name, spec } of deployments) expect(fits(spec.selector.matchLabels)).toEqual([name]);
  for (const { metadata, spec } of ofKind("Service")) {
    const name = metadata.name.replace("callsheet-", "");
    expect(fits(spec.selector)).toEqual([name]);
    const names = deployment(name).container.ports.map((port) => port.name);
    for (const port of spec.ports) expect(names).toContain(port.targetPort);
  }
  for (const { metadata, spec } of ofKind("PodDisruptionBudget"))
    expect(`callsheet-${fits(spec.selector.matchLabels)[0]}`).toBe(metadata.name);
  for (const { metadata, spec } of ofKind("NetworkPolicy")) {
    const [name] = fits(spec.podSelector.matchLabels);
    expect(`callsheet-${name}`).toBe(metadata.name);
    const names = deployment(name ?? "").container.ports.map((port) => port.name);
    for (const rule of spec.ingress) for (const port of rule.ports) expect(names).toContain(port.port);
  }
});

test("nothing is taken away before its replacement is ready", () => {
  for (const { spec, pod } of deployments) {
    expect(spec.strategy).toMatchObject({ type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0 } });
    // Draining, answering what is under way, letting go: at most half a minute and the draining.
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(40);
  }
});

test("probes ask for what the programs answer", () => {
  const source = read(`${root}server/src/app/health-routes.ts`) + read(`${root}server/src/app/metrics-server.ts`);
  for (const name of ["api", "worker"]) {
    const { readinessProbe, livenessProbe, startupProbe, ports } = deployment(name).container;
    for (const probe of [readinessProbe, livenessProbe, startupProbe]) {
      if (probe?.httpGet) {
        expect(source).toContain(`http.get("${probe.httpGet.path}"`);
        expect(ports.map((port) => port.name)).toContain(probe.httpGet.port);
      } else {
        expect(probe?.exec?.command).toEqual(["node", "server/dist/worker-health.js"]);
      }
    }
  }
  expect(deployment("api").container.readinessProbe.httpGet?.path).toBe("/readyz");
  expect(read(`${root}scripts/serve-web.mjs`)).toContain(
    `"${deployment("web").container.readinessProbe.httpGet?.path}"`,
  );
  for (const program of ["api", "worker", "worker-health"])
    expect(existsSync(`${root}server/src/main/${program}.ts`)).toBe(true);
});

test("no container is root, gains privileges, or writes but to its volumes", () => {
  for (const { pod, container } of deployments) {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    const volumes = (pod.volumes as { name: string }[]).map((each) => each.name);
    expect(container.volumeMounts.map((each) => each.name)).toEqual(volumes);
    expect(container.volumeMounts.map((each) => each.mountPath)).toContain("/tmp");
    expect(container.resources).toMatchObject({
      requests: { cpu: expect.anything() },
      limits: { memory: expect.anything() },
    });
  }
});

test.each(["api", "worker"])(
  "the %s's environment, with the example's, is a configuration that Callsheet accepts",
  (name) => {
    const { env = [], envFrom } = deployment(name).container;
    expect(envFrom).toEqual([{ configMapRef: { name: "callsheet" } }, { secretRef: { name: "callsheet" } }]);
    const own = Object.fromEntries(env.map((each) => [each.name, each.value]));
    const config = ofKind("ConfigMap")[0]?.data ?? {};
    const bucket = (parse(read(`${overlay}bucket.yaml`)) as Manifest).data ?? {};
    const secrets = {
      DATABASE_URL: "postgresql://callsheet:x@postgres/callsheet",
      REDIS_URL: "redis://redis:6379",
      CALLSHEET_SECRET: "x".repeat(32),
    };
    const keys = { CALLSHEET_S3_ACCESS_KEY_ID: "GK0", CALLSHEET_S3_SECRET_ACCESS_KEY: "x" };
    expect(readConfig({ ...config, ...secrets, ...own })).toMatchObject({ stateDir: "/data", s3: undefined });
    expect(readConfig({ ...config, ...bucket, ...secrets, ...keys, ...own }).s3).toMatchObject({ bucket: "callsheet" });
    const named = [...read(`${overlay}kustomization.yaml`).matchAll(/^# {3}(\w+)=/gm)].map((match) => match[1]);
    expect(named).toEqual(Object.keys({ ...secrets, ...keys }));
    for (const variable of named) expect(variableNames).toContain(variable);
  },
);

test("the ingress sends to the API what belongs to it, and all else to the web client", () => {
  const [, ofApi] = /const ofApi = \/\^\\\/\(([^)]+)\)/.exec(read(`${root}scripts/serve-web.mjs`)) ?? [];
  const paths = ofKind("Ingress")[0]?.spec.rules[0].http.paths as {
    path: string;
    backend: { service: { name: string } };
  }[];
  const to = (name: string): string[] =>
    paths.filter(({ backend }) => backend.service.name === name).map(({ path }) => path.slice(1));
  expect(to("callsheet-api")).toEqual(ofApi?.split("|"));
  expect(to("callsheet-web")).toEqual([""]);
});
