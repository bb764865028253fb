const hidden = "[hidden]";

/** Secrets that are shorter would hide half of every line. */
const shortestSecret = 6;
/** The same for what people wrote: shorter texts say nothing, and stand in many lines by chance. */
const shortestText = 12;
/** How much of a text has to stand in a line for it to be taken out, in characters: lines are cut, too. */
const beginning = 60;

/** Credentials by their looks, whoever's they are: in addresses, headers, cookies, keys of ours, signed links. */
const looks: [RegExp, string][] = [
  [/(\b[a-z][a-z0-9+.-]{0,30}:\/\/)[^\s"'/@\\]+@/gi, `$1${hidden}@`],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${hidden}`],
  [/\b(cs_|whsec_)[\w+/=-]{6,}/g, `$1${hidden}`],
  [/(session_token=)[^;\s"\\]+/gi, `$1${hidden}`],
  [/([?&](?:signature|sig|token|x-amz-signature|x-amz-credential)=)[^&\s"\\]+/gi, `$1${hidden}`],
  [/(\/join#)[\w.-]+/g, `$1${hidden}`],
  [
    /("(?:authorization|proxy-authorization|cookie|set-cookie|x-api-key|apiKey|api_key|password|newPassword|currentPassword|secret|token)"\s*:\s*)"(?:[^"\\]|\\.)*"/gi,
    `$1"${hidden}"`,
  ],
];

/** Takes secrets out of a finished line. @param secrets those that this installation is configured with */
export function createConceal(secrets: readonly string[]) {
  const known = [...new Set(secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]))]
    .filter((secret) => secret.length >= shortestSecret)
    .map(asInJson)
    .toSorted((a, b) => b.length - a.length);
  /** @param texts of people, which are left out as well */
  return (line: string, texts?: () => readonly string[]): string => {
    let shown = line;
    for (const secret of known) shown = shown.replaceAll(secret, hidden);
    for (const [look, instead] of looks) shown = shown.replace(look, instead);
    for (const text of texts?.() ?? []) shown = withoutText(shown, text);
    return shown;
  };
}

function withoutText(line: string, text: string): string {
  if (text.length < shortestText) return line;
  const whole = asInJson(text);
  const shown = line.replaceAll(whole, "[prompt]");
  if (text.length <= beginning) return shown;
  return shown.replaceAll(asInJson(text.slice(0, beginning)), "[prompt]…");
}

const asInJson = (text: string): string => JSON.stringify(text).slice(1, -1);
