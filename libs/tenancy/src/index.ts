export { Institutions, type NewInstitution } from './application/institutions.js';
export { People, type Person, type PersonClaims } from './application/people.js';
export { TenancyHttpModule } from './tenancy-http.module.js';
export { TenancyModule } from './tenancy.module.js';
