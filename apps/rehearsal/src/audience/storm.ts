import type { ReportBuilder } from '../report.js';
import type { Storm } from './wire.js';

/** How long it took until everybody was in. */
export function tellStorm(report: ReportBuilder, storm: Storm): void {
  report.metric('storm_s', storm.seconds);
  report.metric('storm_welcome_ms_p50', storm.welcomeMs.p50);
  report.metric('storm_welcome_ms_p99', storm.welcomeMs.p99);
  report.metric('storm_present_ms_p50', storm.presentMs.p50);
  report.metric('storm_present_ms_p99', storm.presentMs.p99);
  if (!storm.mediaMs) return;
  report.metric('storm_picture_ms_p50', storm.mediaMs.p50);
  report.metric('storm_picture_ms_p99', storm.mediaMs.p99);
}
