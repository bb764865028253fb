/**
 * A path as people paste it: quotes and line ends are stripped, Windows and WSL spellings become the path inside WSL.
 * `C:\x` → `/mnt/c/x`; `\\wsl.localhost\Distro\x` and `\\wsl$\Distro\x` → `/x`.
 */
export function normalisePath(text: string): string {
  const plain = text
    .replaceAll(/[\r\n]/g, "")
    .trim()
    .replaceAll(/^["']+|["']+$/g, "")
    .trim();
  const share = /^\\\\wsl(?:\.localhost|\$)\\[^\\]+(\\.*)?$/i.exec(plain);
  if (share) return (share[1] ?? "\\").replaceAll("\\", "/");
  const drive = /^([A-Za-z]):[\\/](.*)$/.exec(plain);
  if (drive) return `/mnt/${(drive[1] as string).toLowerCase()}/${(drive[2] as string).replaceAll("\\", "/")}`;
  return plain;
}
