import { type Api, CommandError } from "#cli/api.ts";
import { barFormat } from "#cli/commands/watch.ts";
import { graphql } from "#cli/gql/gql.ts";
import type { CliWatchAutoPromptSubscription } from "#cli/gql/graphql.ts";
import { percent } from "#cli/output.ts";
import type { Cli } from "#cli/program.ts";

const Watch = graphql(`
  subscription CliWatchAutoPrompt($id: ID!) {
    autoPromptUpdated(id: $id) {
      id
      stage
      status
      progress {
        total
        captioned
        done
        failed
      }
      items {
        key
        caption
        asset {
          id
        }
        error {
          code
          message
          hint
        }
      }
    }
  }
`);

const Cancel = graphql(`
  mutation CliCancelAutoPrompt($input: CancelAutoPromptInput!) {
    cancelAutoPrompt(input: $input) {
      ... on AutoPromptPayload {
        autoPrompt {
          id
        }
      }
      ...CliFailure
    }
  }
`);

export type WatchedAutoPrompt = CliWatchAutoPromptSubscription["autoPromptUpdated"];

/** Follows the writing to its end, with a bar in a terminal; Ctrl-C ends it. @throws CommandError */
export async function followAutoPrompt(cli: Cli, api: Api, id: string): Promise<WatchedAutoPrompt> {
  const progress = cli.out.isTerminal ? await bar() : lines(cli);
  const changes = api.subscribe(Watch, { id })[Symbol.asyncIterator]();
  const stopped = new Promise<undefined>((stop) =>
    cli.stop.addEventListener("abort", () => stop(undefined), { once: true }),
  );
  try {
    for (;;) {
      const change = await Promise.race([changes.next(), stopped]);
      if (change === undefined) {
        await api.execute(Cancel, { input: { id } });
        cli.stop.throwIfAborted();
      }
      if (!change || change.done) throw new CommandError("The server ended the events before all was written");
      const set = change.value.autoPromptUpdated;
      progress.show(set);
      if (set.status !== "PENDING" && set.status !== "RUNNING") return set;
    }
  } finally {
    progress.close();
    void changes.return?.();
  }
}

/** Which pass it is in, and how many pictures have been through it. */
function passOf({ stage, progress: { total, captioned, done, failed } }: WatchedAutoPrompt) {
  const isDescribing = stage === "CAPTION" || (stage === "BOTH" && captioned + failed < total);
  return {
    words: isDescribing ? "Describing" : "Writing",
    over: Math.min(total, (isDescribing ? captioned : done) + failed),
    total,
  };
}

function lines(cli: Cli) {
  let before = "";
  return {
    show: (set: WatchedAutoPrompt) => {
      const { words, over, total } = passOf(set);
      const line = `${words}: ${over} of ${total}`;
      if (line !== before) cli.out.note(line);
      before = line;
    },
    close: () => undefined,
  };
}

async function bar() {
  const { SingleBar } = (await import("cli-progress")).default;
  const single = new SingleBar(barFormat);
  single.start(1, 0, { share: percent(0), what: "" });
  return {
    show: (set: WatchedAutoPrompt) => {
      const { words, over, total } = passOf(set);
      const share = over / total;
      single.update(share, { share: percent(share).padStart(5), what: `${words}: ${over} of ${total}` });
    },
    close: () => single.stop(),
  };
}
