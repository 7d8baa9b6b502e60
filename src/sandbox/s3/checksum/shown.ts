import type { ChecksumType } from '@aws-sdk/client-s3';
import { memberOf, type Algorithm, type Checksum } from './checksums.ts';

type Members = { [Name in `Checksum${Algorithm}`]?: string } & { ChecksumType?: ChecksumType };

/** As answers say it: `{ ChecksumCRC32, ChecksumType }`. */
export const checksumMembers = (checksum: Checksum | undefined): Members =>
  checksum ? { ...checksumValue(checksum), ChecksumType: checksum.type } : {};

export const checksumValue = (checksum: Checksum | undefined): Omit<Members, 'ChecksumType'> =>
  checksum ? { [memberOf(checksum.algorithm)]: checksum.value } : {};
