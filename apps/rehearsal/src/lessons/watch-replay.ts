import type { Replay } from '@lyceum/contracts';
import type { ReportBuilder } from '../report.js';
import type { Person } from '../robot/person.js';

const EXPECTED_SOURCES = ['camera', 'camera', 'camera', 'mic', 'mic', 'mic', 'screen'];

/**
 * Someone who missed the class opens its replay right after the end, waits until it plays and watches every picture move.
 * Reports `replay_ready_s` (end of class → every camera and the screen decoded) and `tracks`.
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
  await page.waitForFunction(() => window.lyceumProbe.read().videos.some((video) => video.frames > 5), null, {
    timeout: 60_000,
  });
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
