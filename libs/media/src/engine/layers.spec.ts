import { describe, expect, it } from 'vitest';
import { highestWanted, NOBODY } from './layers.js';

describe('highestWanted', () => {
  it('AV-04 is the highest that a viewer on screen asked for', () => {
    const views = [
      { on: true, spatial: 0 },
      { on: true, spatial: 1 },
      { on: false, spatial: 2 },
    ];
    expect(highestWanted(3, views, false)).toBe(1);
  });

  it('AV-04 keeps the smallest when nobody watches', () => {
    expect(highestWanted(3, [], false)).toBe(0);
    expect(highestWanted(3, [{ on: false, spatial: 2 }], false)).toBe(0);
  });

  it('AV-11 lets a picture of another node rest altogether when nobody watches', () => {
    expect(highestWanted(3, [{ on: false, spatial: 2 }], false, NOBODY)).toBe(NOBODY);
    expect(highestWanted(3, [{ on: true, spatial: 0 }], false, NOBODY)).toBe(0);
    expect(highestWanted(3, [], true, NOBODY)).toBe(2);
  });

  it('AV-04 counts the recorder as a viewer of everything', () => {
    expect(highestWanted(3, [], true)).toBe(2);
    expect(highestWanted(1, [], true)).toBe(0);
  });

  it('AV-04 never asks for an encoding that is not there', () => {
    expect(highestWanted(2, [{ on: true, spatial: 7 }], false)).toBe(1);
  });
});
