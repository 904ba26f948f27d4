import { DatabaseModule } from '@lyceum/platform/database';
import { Module } from '@nestjs/common';
import { Institutions } from './application/institutions.js';
import { People } from './application/people.js';
import { DepartmentEntity } from './persistence/department.entity.js';
import { PersonEntity } from './persistence/person.entity.js';

/** Institutions, their departments and their people. */
@Module({
  imports: [DatabaseModule.forEntities([PersonEntity, DepartmentEntity])],
  providers: [People, Institutions],
  exports: [People, Institutions],
})
export class TenancyModule {}
