/** The tags by which everything a lab makes is found again. */
export const sessionTag = 'aws-labs:session';
export const labTag = 'aws-labs:lab';
