import { beforeEach, describe, expect, it } from 'vitest';
import { SpeakerChoice } from './speaker-choice.js';

describe('SpeakerChoice', () => {
  let told: (string | null)[];
  let choice: SpeakerChoice;
  const heard = (at: number, levels: Record<string, number>) => choice.hears(new Map(Object.entries(levels)), at);

  beforeEach(() => {
    told = [];
    choice = new SpeakerChoice((trackId) => told.push(trackId));
  });

  it('AV-03 names nobody who has not been heard', () => {
    choice.dominates('anna', 0);
    expect(told).toEqual([]);
    heard(400, { anna: -30 });
    expect(told).toEqual(['anna']);
  });

  it('AV-03 keeps the speaker through a breath and lets go after a silence', () => {
    heard(0, { anna: -30 });
    heard(400, {});
    choice.review(1_000);
    expect(choice.current).toBe('anna');
    choice.review(1_300);
    expect(told).toEqual(['anna', null]);
  });

  it('AV-03 follows who dominates, not who coughs', () => {
    heard(0, { anna: -30 });
    heard(400, { anna: -30, maya: -10 });
    expect(choice.current).toBe('anna');
    choice.dominates('maya', 500);
    expect(told).toEqual(['anna', 'maya']);
  });

  it('AV-03 takes the loudest when who dominated is silent', () => {
    choice.dominates('anna', 0);
    heard(100, { anna: -30 });
    heard(2_000, { maya: -40, per: -20 });
    expect(told).toEqual(['anna', 'per']);
  });

  it('AV-03 lets go at once of a track that is gone', () => {
    choice.dominates('anna', 0);
    heard(0, { anna: -30 });
    choice.forget('anna', 100);
    expect(told).toEqual(['anna', null]);
  });
});
