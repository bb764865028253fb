/** Our own capital letters on a grid of 5 × 7, so that labels look the same on machines without fonts. */
const rows: Record<string, string> = {
  A: "ehhvhhh", B: "uhhuhhu", C: "ehggghe", D: "uhhhhhu", E: "vgguggv", F: "vgguggg", G: "ehgnhhf",
  H: "hhhvhhh", I: "e44444e", J: "72222ic", K: "hikokih", L: "ggggggv", M: "hrllhhh", N: "hpljhhh",
  O: "ehhhhhe", P: "uhhuggg", Q: "ehhhlid", R: "uhhukih", S: "fgge11u", T: "v444444", U: "hhhhhhe",
  V: "hhhhha4", W: "hhhllrh", X: "hha4ahh", Y: "hha4444", Z: "v1248gv",
  "0": "ehjlphe", "1": "4c4444e", "2": "eh168gv", "3": "u11e11u", "4": "26aiv22", "5": "vgu11he",
  "6": "68guhhe", "7": "v124888", "8": "ehhehhe", "9": "ehhf12c",
  ".": "00000cc", ",": "0000448", ":": "0cc0cc0", ";": "0cc0448", "-": "000e000", "+": "044v440", "/": "11248gg",
  "(": "2488842", ")": "8422248", "'": "4480000", "!": "4444404", "?": "eh12404", "_": "000000v", "×": "0ha4ah0",
  '"': "aa00000", "%": "op248j3", "#": "aavavaa", "=": "00v0v00", "*": "04lel40", "&": "8k8lihd", "·": "000c000",
};

export const letterWidth = 6;
export const letterHeight = 7;

/**
 * An SVG path that writes a line of text. Small letters become capitals, accents go, what has no letter becomes "?".
 * @param scale size of one dot in the units of the picture
 */
export function letterPath(text: string, x: number, y: number, scale: number): string {
  let path = "";
  for (const [column, letter] of [...plain(text)].entries()) {
    if (letter === " ") continue;
    const glyph = rows[letter] ?? rows["?"] ?? "";
    for (const [row, code] of [...glyph].entries()) {
      const bits = Number.parseInt(code, 32);
      for (let bit = 0; bit < 5; bit += 1) {
        if ((bits & (16 >> bit)) === 0) continue;
        path += `M${x + (column * letterWidth + bit) * scale} ${y + row * scale}h${scale}v${scale}h-${scale}z`;
      }
    }
  }
  return path;
}

function plain(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll(/\s+/g, " ").toUpperCase();
}
