import { ForbiddenException, NotFoundException, PayloadTooLargeException } from '@nestjs/common';
import { problemSchema } from '@lyceum/contracts';
import { describe, expect, it } from 'vitest';
import { LyceumError, commonError, defineErrors, notFound, toProblem } from './index.js';

const specError = defineErrors({
  'SPEC.LOCKED': { status: 423, title: 'It is locked', action: 'Knock.' },
});

describe('AP-01 errors', () => {
  it('AP-01 a coded error becomes a problem with what the reader can do', () => {
    const problem = toProblem(specError('SPEC.LOCKED', { detail: 'Since noon.', meta: { room: 'r1' } }), 'request-1');
    expect(problemSchema.strict().parse(problem)).toEqual({
      type: 'urn:lyceum:error:SPEC.LOCKED',
      title: 'It is locked',
      status: 423,
      code: 'SPEC.LOCKED',
      detail: 'Since noon.',
      action: 'Knock.',
      requestId: 'request-1',
    });
  });

  it('AP-01 a code is defined once, before it is thrown', () => {
    expect(() => defineErrors({ 'SPEC.LOCKED': { status: 400, title: 'Again' } })).toThrow('is defined twice');
    expect(() => defineErrors({ 'SPEC.FINE': { status: 200, title: 'Fine' } })).toThrow('is no error');
    expect(() => new LyceumError('SPEC.UNKNOWN')).toThrow('nobody defined the error SPEC.UNKNOWN');
    expect(new LyceumError('SPEC.LOCKED').status).toBe(423);
  });

  it.each([
    [new NotFoundException('Cannot GET /x'), 404, 'RESOURCE.NOT_FOUND'],
    [new ForbiddenException(), 403, 'AUTH.FORBIDDEN'],
    [new PayloadTooLargeException(), 413, 'REQUEST.TOO_LARGE'],
    [Object.assign(new Error('bad json'), { status: 400 }), 400, 'REQUEST.REFUSED'],
    [Object.assign(new Error('deadlock'), { code: '40P01' }), 409, 'RESOURCE.CONFLICT'],
    [new TypeError('x is undefined'), 500, 'INTERNAL.ERROR'],
    ['a string', 500, 'INTERNAL.ERROR'],
    [null, 500, 'INTERNAL.ERROR'],
  ])('AP-01 %s is %i %s, and its words stay inside', (thrown, status, code) => {
    const problem = toProblem(thrown);
    expect(problem).toMatchObject({ status, code });
    expect(JSON.stringify(problem)).not.toMatch(/Cannot GET|bad json|deadlock|undefined|a string/);
  });

  it('SE-02 what is not there and what is another tenant’s look alike', () => {
    expect(toProblem(notFound('session', 'one'))).toEqual(toProblem(notFound('recording', 'two')));
  });

  it('AP-01 field errors reach the caller', () => {
    const issues = [{ path: 'body.title', message: 'too long' }];
    expect(toProblem(commonError('REQUEST.INVALID', { issues }))).toMatchObject({ status: 400, issues });
  });
});
