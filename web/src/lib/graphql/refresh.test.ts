import fc from "fast-check";
import { createRequest, gql, type OperationResult, type RequestPolicy } from "urql";
import { createGraphqlClient } from "#lib/graphql/client.ts";

const queries = {
  StatusBar: gql`
    query StatusBar {
      systemStatus {
        version
        isPaused
        pending
        machines {
          id
          name
        }
      }
    }
  `,
  QueueState: gql`
    query QueueState {
      systemStatus {
        isPaused
      }
    }
  `,
  Queue: gql`
    query Queue {
      jobs(first: 50) {
        totalCount
        nodes {
          id
          name
          status
        }
      }
    }
  `,
  Counts: gql`
    query Counts {
      jobs(first: 50) {
        nodes {
          id
          counts {
            succeeded
          }
        }
      }
    }
  `,
  Machines: gql`
    query Machines {
      machines {
        id
        name
        url
      }
    }
  `,
};
type Name = keyof typeof queries;
const names = Object.keys(queries) as Name[];

const pause = gql`
  mutation Pause {
    pauseQueue(input: {}) {
      __typename
      ... on PauseQueuePayload {
        status {
          isPaused
        }
      }
    }
  }
`;
const events = gql`
  subscription Events {
    queueUpdated {
      job {
        id
        status
      }
    }
  }
`;

/** What people, the server and the network do, each choosing with `dice` among what is there. */
type Step =
  | { do: "mount"; name: Name; requestPolicy: RequestPolicy; isRenderedTwice: boolean }
  | { do: "unmount" | "refetch" | "answer"; dice: number }
  | { do: "event" | "mutate" | "resync" | "wait" };

const dice = fc.nat(1_000);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant("mount" as const),
    name: fc.constantFrom(...names),
    requestPolicy: fc.constantFrom<RequestPolicy[]>("cache-and-network", "cache-first"),
    isRenderedTwice: fc.boolean(),
  }),
  fc.record({ do: fc.constantFrom("unmount" as const, "refetch" as const, "answer" as const), dice }),
  fc.record({ do: fc.constant("answer" as const), dice }),
  fc.record({
    do: fc.constantFrom("event" as const, "mutate" as const, "resync" as const, "wait" as const, "wait" as const),
  }),
);

test("a query is answered although a mutation that was sent earlier is answered at the same time", async () => {
  const tab = openTab();
  tab.mount("QueueState", "cache-and-network");
  void tab.client.executeMutation(createRequest(pause, {})).toPromise();
  tab.answer("QueueState");
  tab.mount("StatusBar", "cache-and-network");
  await tab.quiet();
  expect(tab.unanswered()).toEqual([]);
});

test("whatever happens in whatever order, every query on screen is answered in full in the end", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 4, maxLength: 40 }), async (steps) => {
      const tab = openTab();
      for (const step of steps) {
        tab.take(step);
        if (step.do === "wait") await settle();
      }
      await tab.quiet();
      expect(tab.unanswered()).toEqual([]);
      tab.close();
    }),
    { numRuns: 500 },
  );
});

test("what is asked for again while it is under way is read once more afterwards", async () => {
  const tab = openTab();
  tab.mount("Queue", "cache-and-network");
  await settle();
  tab.take({ do: "refetch", dice: 0 });
  tab.take({ do: "refetch", dice: 0 });
  await settle();
  expect(tab.sent("Queue")).toBe(1);
  await tab.quiet();
  expect(tab.sent("Queue")).toBe(2);
});

test("what was asked for before a mutation was answered is read once more, for its answer may be the older one", async () => {
  const tab = openTab();
  tab.mount("Queue", "cache-and-network");
  await settle();
  void tab.client.executeMutation(createRequest(pause, {})).toPromise();
  await settle();
  tab.answer("Pause");
  await settle();
  expect(tab.sent("Queue")).toBe(1);
  await tab.quiet();
  expect(tab.sent("Queue")).toBe(2);
});

test("after two changes at the same time everything is read again, for the answer that came last may be the older one", async () => {
  const tab = openTab();
  tab.mount("Queue", "cache-and-network");
  await tab.quiet();
  for (const by of ["Ada", "Bea"]) void tab.client.executeMutation(createRequest(pause, { by })).toPromise();
  await settle();
  tab.answer("Pause");
  await settle();
  expect(tab.sent("Queue")).toBe(1);
  await tab.quiet();
  expect(tab.sent("Queue")).toBe(2);

  void tab.client.executeMutation(createRequest(pause, {})).toPromise();
  await tab.quiet();
  expect(tab.sent("Queue")).toBe(2);
});

test("an answer that stays incomplete is not asked for for ever", async () => {
  const tab = openTab();
  tab.answers["StatusBar"] = () => ({ systemStatus: null });
  tab.mount("StatusBar", "cache-and-network");
  await tab.quiet();
  expect(tab.sent("StatusBar")).toBeLessThan(10);
});

/** Lets everything run that waits for no answer of the server. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

interface Mounted {
  name: Name;
  request: ReturnType<typeof createRequest>;
  last: OperationResult | undefined;
  unsubscribe: () => void;
}

/** A browser tab's client, whose server answers when the test says so. */
function openTab() {
  const waiting: { name: string; answer: () => void }[] = [];
  const sent: string[] = [];
  const mounted: Mounted[] = [];
  const sinks = new Set<{ next: (event: unknown) => void }>();
  let jobs = 2;
  let count = 0;
  const status = () => ({ __typename: "SystemStatus", isPaused: (count += 1) % 2 === 0 });
  const jobList = (fields: (id: string) => object) => ({
    __typename: "JobConnection",
    totalCount: jobs,
    nodes: Array.from({ length: jobs }, (_, index) => ({ __typename: "Job", id: `j${index}`, ...fields(`j${index}`) })),
  });
  const machine = { __typename: "Machine", id: "m", name: "m" };
  const answers: Record<string, () => unknown> = {
    StatusBar: () => ({ systemStatus: { ...status(), version: "1", pending: count, machines: [machine] } }),
    QueueState: () => ({ systemStatus: status() }),
    Queue: () => ({ jobs: jobList((id) => ({ name: id, status: "PENDING" })) }),
    Counts: () => ({ jobs: jobList(() => ({ counts: { __typename: "RunCounts", succeeded: count } })) }),
    Machines: () => ({ machines: [{ ...machine, url: "http://m" }] }),
    Pause: () => ({ pauseQueue: { __typename: "PauseQueuePayload", status: status() } }),
  };
  const fetchWhenTold: typeof fetch = (_url, init) =>
    new Promise((resolve, reject) => {
      const name = JSON.parse(String(init?.body)).operationName as string;
      sent.push(name);
      const leave = () => waiting.splice(waiting.indexOf(request), 1);
      const request = {
        name,
        answer: () => {
          leave();
          resolve(Response.json({ data: answers[name]?.() }));
        },
      };
      waiting.push(request);
      init?.signal?.addEventListener("abort", () => {
        if (waiting.includes(request)) leave();
        reject(new DOMException("aborted", "AbortError"));
      });
    });
  globalThis.fetch = fetchWhenTold;

  const { client, refetch, refetchAll } = createGraphqlClient({
    subscribe: (_payload: unknown, sink: never) => {
      sinks.add(sink);
      return () => sinks.delete(sink);
    },
  } as never);
  const listener = client.executeSubscription(createRequest(events, {})).subscribe(() => {});

  const listen = (use: Mounted, requestPolicy: RequestPolicy) => {
    const source = client.executeQuery(use.request, { requestPolicy });
    const subscription = source.subscribe((result) => (use.last = result));
    use.unsubscribe = () => subscription.unsubscribe();
  };
  const mount = (name: Name, requestPolicy: RequestPolicy, isRenderedTwice = false) => {
    const request = createRequest(queries[name], {});
    // React reads what is there already while it renders, before it listens.
    if (isRenderedTwice) {
      client
        .executeQuery(request, { requestPolicy })
        .subscribe(() => {})
        .unsubscribe();
    }
    const use: Mounted = { name, request, last: undefined, unsubscribe: () => {} };
    listen(use, requestPolicy);
    mounted.push(use);
  };

  return {
    client,
    answers,
    mount,
    answer: (name: string) => waiting.find((request) => request.name === name)?.answer(),
    sent: (name: string) => sent.filter((each) => each === name).length,
    take: (step: Step) => {
      if (step.do === "mount") mount(step.name, step.requestPolicy, step.isRenderedTwice);
      if (step.do === "unmount" && mounted.length > 0) {
        mounted.splice(step.dice % mounted.length, 1)[0]?.unsubscribe();
      }
      if (step.do === "refetch" && mounted.length > 0) {
        refetch((mounted[step.dice % mounted.length] as Mounted).request.key);
      }
      if (step.do === "answer" && waiting.length > 0) waiting[step.dice % waiting.length]?.answer();
      if (step.do === "resync") refetchAll();
      if (step.do === "mutate") void client.executeMutation(createRequest(pause, {})).toPromise();
      if (step.do === "event") {
        jobs += 1;
        const job = { __typename: "Job", id: `j${jobs - 1}`, status: "RUNNING" };
        for (const sink of sinks) sink.next({ data: { queueUpdated: { __typename: "QueueEvent", job } } });
      }
    },
    /** Until the client asks for nothing more, at most 50 rounds of answers. */
    quiet: async () => {
      await settle();
      for (let round = 0; round < 50 && waiting.length > 0; round += 1) {
        for (const request of waiting.slice()) request.answer();
        await settle();
      }
    },
    unanswered: () =>
      mounted.filter(({ last }) => !last || last.stale || (last.data == null && !last.error)).map(({ name }) => name),
    close: () => {
      listener.unsubscribe();
      for (const { unsubscribe } of mounted) unsubscribe();
    },
  };
}
