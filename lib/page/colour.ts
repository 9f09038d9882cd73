/** Red, green and blue from 0 to 255, and how opaque it is from 0 to 1. */
export interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number;
}

/** A computed colour in the notation of sRGB; null for the newer notations, of which nothing is known then. */
export function parseColour(computed: string): Colour | null {
  if (computed === 'transparent') return { red: 0, green: 0, blue: 0, alpha: 0 };
  const [, list] = /^rgba?\(([^)]+)\)$/.exec(computed) ?? [];
  const [red, green, blue, alpha = 1] = list?.split(/[,/\s]+/).map(Number) ?? [];
  return red === undefined || green === undefined || blue === undefined ? null : { red, green, blue, alpha };
}

/** Whether nobody can tell the two apart. */
export function looksSame(a: Colour, b: Colour): boolean {
  return Math.abs(a.red - b.red) + Math.abs(a.green - b.green) + Math.abs(a.blue - b.blue) <= 24;
}

/** What is seen where the one lies over the other. */
export function over(top: Colour, ground: Colour): Colour {
  const mix = (a: number, b: number) => a * top.alpha + b * (1 - top.alpha);
  return {
    red: mix(top.red, ground.red),
    green: mix(top.green, ground.green),
    blue: mix(top.blue, ground.blue),
    alpha: 1,
  };
}
