import { config } from 'zod';

/** The content security policy forbids code made from text: zod's readers must not even try. Imported before any contract. */
config({ jitless: true });
