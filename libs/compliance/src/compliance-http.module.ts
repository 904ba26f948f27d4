import { Module } from '@nestjs/common';
import { ComplianceModule } from './compliance.module.js';
import { AuditController } from './http/audit.controller.js';

/** The REST edge of compliance. */
@Module({ imports: [ComplianceModule], controllers: [AuditController] })
export class ComplianceHttpModule {}
