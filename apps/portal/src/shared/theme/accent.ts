/** The four roles of the accent in one theme, as `#rrggbb`. */
export interface AccentColours {
  /** Fills of primary buttons, the ring of the one who speaks. */
  accent: string;
  /** Words on that fill. */
  ink: string;
  /** A tint behind words. */
  soft: string;
  /** Words in the accent, on paper and on the tint. */
  text: string;
}

interface Rgb {
  r: number;
  g: number;
  b: number;
}

const WHITE: Rgb = { r: 255, g: 255, b: 255 };
const BLACK: Rgb = { r: 0, g: 0, b: 0 };
/** WCAG 2.2 AA for words. */
const ENOUGH = 4.5;

function parse(hex: string): Rgb {
  const channel = (at: number) => parseInt(hex.slice(at, at + 2), 16);
  return { r: channel(1), g: channel(3), b: channel(5) };
}

const hexOf = (colour: Rgb): string =>
  `#${[colour.r, colour.g, colour.b].map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const one = (a: number, b: number) => a + (b - a) * share;
  return { r: one(from.r, to.r), g: one(from.g, to.g), b: one(from.b, to.b) };
}

function luminance({ r, g, b }: Rgb): number {
  const linear = (value: number) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

const contrastOf = (a: Rgb, b: Rgb): number => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

/** WCAG 2.2 contrast of two `#rrggbb` colours, 1 to 21. */
export const contrast = (a: string, b: string): number => contrastOf(parse(a), parse(b));

/** `colour`, moved towards `pole` in steps until it stands out from `ground`. */
function until(colour: Rgb, pole: Rgb, ground: Rgb): Rgb {
  for (let step = 0; step <= 20; step += 1) {
    const candidate = mix(colour, pole, step / 20);
    if (contrastOf(candidate, ground) >= ENOUGH) return candidate;
  }
  return pole;
}

/**
 * What an institution's colour becomes in each theme. Whatever they chose, words stay readable: a yellow gets darker on
 * paper and a navy gets lighter at night.
 */
export function accentColours(hex: string): { light: AccentColours; dark: AccentColours } {
  const own = parse(hex);
  const paper = parse('#f1eee7');
  const night = parse('#252824');
  const softLight = mix(own, WHITE, 0.87);
  const softDark = mix(own, parse('#1d1f1c'), 0.74);
  const light = until(own, BLACK, paper);
  const dark = until(mix(own, WHITE, 0.45), WHITE, night);
  const inkOn = (fill: Rgb) => (contrastOf(WHITE, fill) >= ENOUGH ? WHITE : mix(own, BLACK, 0.85));
  return {
    light: {
      accent: hexOf(light),
      ink: hexOf(inkOn(light)),
      soft: hexOf(softLight),
      text: hexOf(until(mix(light, BLACK, 0.2), BLACK, softLight)),
    },
    dark: {
      accent: hexOf(dark),
      ink: hexOf(until(mix(own, BLACK, 0.8), BLACK, dark)),
      soft: hexOf(softDark),
      text: hexOf(until(mix(dark, WHITE, 0.2), WHITE, softDark)),
    },
  };
}
