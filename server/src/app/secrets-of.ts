import type { Config } from "#app/config.ts";

/** What this installation is configured with and must not show. */
export function secretsOf(config: Config): string[] {
  const inUrls = [config.databaseUrl, config.redisUrl, ...config.comfyUrls].flatMap((url) =>
    url && URL.canParse(url) ? decodeURIComponent(new URL(url).password) : [],
  );
  const { auth, s3, llm } = config;
  return [
    ...inUrls,
    config.secret,
    config.comfyApiKey,
    auth.oidc?.clientSecret,
    s3?.credentials?.secretAccessKey,
    s3?.credentials?.accessKeyId,
    llm?.apiKey,
  ].filter((secret) => secret !== undefined && secret !== "") as string[];
}
