import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { Command } from "commander";
import { type Api, CommandError, payloadOf } from "#cli/api.ts";
import { graphql } from "#cli/gql/gql.ts";
import { globalId, shortId } from "#cli/ids.ts";
import { show, table } from "#cli/output.ts";
import type { Cli } from "#cli/program.ts";

const Create = graphql(`
  mutation CliCreateUpload($input: CreateUploadInput!) {
    createUpload(input: $input) {
      ... on CreateUploadPayload {
        uploadId
        uploadUrl
        headers
      }
      ...CliFailure
    }
  }
`);

const Complete = graphql(`
  mutation CliCompleteUpload($input: CompleteUploadInput!) {
    completeUpload(input: $input) {
      ... on CompleteUploadPayload {
        asset {
          id
          filename
          mime
          bytes
          sha256
        }
      }
      ...CliFailure
    }
  }
`);

export function addUploadCommand(program: Command, cli: Cli): void {
  program
    .command("upload")
    .description("Uploads files, which jobs can then take by their asset ids.")
    .argument("<files...>", "the files")
    .option("--project <id>", "the project they belong to")
    .action((files: string[], { project }: { project?: string }) => {
      const paths = files.map((file) => resolve(file));
      return cli.withApi(async (api) => {
        const assets: Awaited<ReturnType<typeof uploadFile>>[] = [];
        for (const file of paths) assets.push(await uploadFile(api, file, project));
        show(cli.out, assets, () =>
          table(
            ["asset", "type", "bytes", "name"],
            assets.map((asset) => [shortId(asset.id), asset.mime, String(asset.bytes), asset.filename]),
          ),
        );
      });
    });
}

/** @returns the asset. @throws CommandError */
export async function uploadFile(api: Api, file: string, project?: string) {
  const { size: bytes } = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`${file} can't be read (${error.code ?? error.message})`);
  });
  const projectId = project === undefined ? {} : { projectId: globalId("Project", project) };
  const input = { filename: basename(file), bytes, ...projectId };
  const upload = payloadOf((await api.execute(Create, { input })).createUpload);
  await api.put({ url: upload.uploadUrl, headers: upload.headers as Record<string, string>, file, bytes });
  const { asset } = payloadOf((await api.execute(Complete, { input: { uploadId: upload.uploadId } })).completeUpload);
  return asset;
}
