const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(\.|:|$)/i;

/** Whether Windows keeps a name for a device, with any extension. */
export function isReservedName(name: string): boolean {
  return reserved.test(name);
}
