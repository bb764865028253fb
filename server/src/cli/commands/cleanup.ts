import type { Command } from "commander";
import { payloadOf } from "#cli/api.ts";
import { graphql } from "#cli/gql/gql.ts";
import { show, table } from "#cli/output.ts";
import type { Cli } from "#cli/program.ts";

const Cleanup = graphql(`
  mutation CliCleanup($input: CleanupInput!) {
    cleanup(input: $input) {
      ... on CleanupPayload {
        plan {
          files
          bytes
          largest {
            name
            bytes
            reason
          }
        }
        cleanup {
          id
          files
          bytes
          failures
        }
      }
      ...CliFailure
    }
  }
`);

const mebibytes = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MiB`;

export function addCleanupCommand(program: Command, cli: Cli): void {
  program
    .command("cleanup")
    .description("Deletes stored files that nobody needs any more, as the configuration says.")
    .option("--dry-run", "deletes nothing and lists what would go, the largest first")
    .action(({ dryRun }: { dryRun?: boolean }) =>
      cli.withApi(async (api) => {
        const input = { dryRun: dryRun ?? false };
        const { plan, cleanup } = payloadOf((await api.execute(Cleanup, { input })).cleanup);
        if (cleanup && cleanup.failures > 0) cli.fail();
        show(cli.out, { plan, cleanup }, () =>
          cleanup
            ? `Deleted ${cleanup.files} files, ${mebibytes(cleanup.bytes)}; ${cleanup.failures} could not be deleted`
            : [
                `${plan.files} files, ${mebibytes(plan.bytes)}, would go`,
                ...table(
                  ["bytes", "reason", "file"],
                  plan.largest.map((each) => [String(each.bytes), each.reason, each.name]),
                ),
              ],
        );
      }),
    );
}
