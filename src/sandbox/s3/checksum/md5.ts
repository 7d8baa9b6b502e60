import { hash } from 'node:crypto';

export const md5 = (data: string | Uint8Array, form: 'hex' | 'base64'): string => hash('md5', data, form);
