/**
 * A path as people paste it: quotes around it and line ends anywhere are stripped, Windows and WSL spellings become the path
 * inside WSL. `C:\x` → `/mnt/c/x`; `\\wsl.localhost\Distro\x` and `\\wsl$\Distro\x` → `/x`, with slashes of either kind.
 */
export function normalisePath(text: string): string {
  const plain = text.replaceAll(/[\r\n\u0085\u2028\u2029]/g, "").replaceAll(/^[\s"'“”]+|[\s"'“”]+$/g, "");
  const share = /^[\\/]{2}wsl(?:\.localhost|\$)[\\/][^\\/]+([\\/].*)?$/i.exec(plain);
  if (share) return (share[1] ?? "/").replaceAll("\\", "/");
  const drive = /^([A-Za-z]):([\\/].*)?$/.exec(plain);
  if (drive) return `/mnt/${(drive[1] as string).toLowerCase()}${(drive[2] ?? "").replaceAll("\\", "/")}`;
  return plain;
}
