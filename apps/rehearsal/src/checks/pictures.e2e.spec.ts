import { expect, it } from 'vitest';
import { ownInstitution } from './own-institution.js';
import { smallClass } from './small-class.js';

it('AV-06 a picture that leaves the stage for a shared screen goes on without a new beginning', async () => {
  const lesson = await smallClass(await ownInstitution('pictures'), 'Pictures');
  const { page } = lesson.student;
  try {
    const camera = page.locator('video[data-source="camera"]:not([data-local])');
    const element = await camera.elementHandle();
    if (!element) throw new Error('The teacher has no picture.');
    const shown = () =>
      element.evaluate((video) => ({
        inStrip: video.closest('li') !== null,
        paused: (video as HTMLVideoElement).paused,
        frames: (video as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames,
      }));
    await expect.poll(async () => (await shown()).frames).toBeGreaterThan(0);
    expect(await shown()).toMatchObject({ inStrip: false, paused: false });

    await lesson.teacher.share();
    await page.locator('video[data-source="screen"]').waitFor();
    await expect.poll(shown).toMatchObject({ inStrip: true, paused: false });
    const { frames } = await shown();
    await expect.poll(async () => (await shown()).frames).toBeGreaterThan(frames);
  } finally {
    await lesson.end();
  }
});
