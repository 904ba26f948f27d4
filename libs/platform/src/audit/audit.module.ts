import { Global, Module } from '@nestjs/common';
import { AuditChainLoop } from './chain-loop.js';
import { AuditChainer } from './chainer.js';
import { Audit } from './audit.js';
import { AuditReader } from './reader.js';
import { AuditVerifier } from './verifier.js';

/** Writing and reading the trail, for every process. */
@Global()
@Module({ providers: [Audit, AuditReader, AuditVerifier], exports: [Audit, AuditReader, AuditVerifier] })
export class AuditModule {}

/** The chainer, for the jobs process. */
@Module({ providers: [AuditChainer, AuditChainLoop], exports: [AuditChainer] })
export class AuditChainModule {}
