import type { Replay } from '@lyceum/contracts';
import type { ReportBuilder } from '../report.js';
import type { Person } from '../robot/person.js';

const EXPECTED_SOURCES = ['camera', 'camera', 'camera', 'mic', 'mic', 'mic', 'screen'];

/** Cameras that the replay shows beside the shared screen. */
const CAMERAS = EXPECTED_SOURCES.filter((source) => source === 'camera').length;

/**
 * Someone who missed the class opens its replay right after the end, plays it, goes to where a screen is shared and waits until
 * that and every camera move. Reports `replay_ready_s` (end of class → every camera and the screen decoded) and `tracks`.
 */
export async function watchReplay(
  viewer: Person,
  sessionId: string,
  endedAt: number,
  report: ReportBuilder,
): Promise<Replay> {
  const { page } = viewer;
  await viewer.visit(`sessions/${sessionId}/replay`);
  await page.locator('[data-replay-state="ready"]').waitFor({ state: 'attached', timeout: 120_000 });
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  // On the line of time, for the mouse only: the panel says the same in words.
  await page
    .locator('[aria-hidden="true"] > button', { hasText: / shares$/ })
    .first()
    .click();
  await page.waitForFunction(
    (cameras) => {
      const moving = window.lyceumProbe.read().videos.filter(({ frames }) => frames > 5);
      const people = moving.filter(({ source }) => source === 'camera').map(({ participantId }) => participantId);
      return new Set(people).size >= cameras && moving.some(({ source }) => source === 'screen');
    },
    CAMERAS,
    { timeout: 60_000 },
  );
  report.metric('replay_ready_s', (Date.now() - endedAt) / 1000);

  const replay = await viewer.api<Replay>('GET', `sessions/${sessionId}/replay`);
  const held = new Set(
    replay.tracks.filter(({ segments }) => segments.length).map((t) => `${t.participantId}/${t.source}`),
  );
  const sources = [...held].map((key) => key.split('/')[1] ?? '').sort();
  report.metric('tracks', held.size);
  report.expect(
    EXPECTED_SOURCES.every((source, i) => sources[i] === source),
    `the replay holds ${sources.join(', ')} instead of ${EXPECTED_SOURCES.join(', ')}`,
  );
  return replay;
}
