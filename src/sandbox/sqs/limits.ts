// AWS's limits and times. Bytes, milliseconds, or what the name says.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-quotas.html

/** 1 MiB since August 2025: one message, and all messages of a batch together. */
export const largestMessage = 1_048_576;
/** Standard and (since November 2024) FIFO queues alike. */
export const mostInflight = 120_000;
/** Twelve hours, in seconds, from a receive. */
export const longestVisibility = 43_200;
export const longestDelaySeconds = 900;
export const longestWaitSeconds = 20;
export const mostPerReceive = 10;
export const mostPerBatch = 10;
/** A name is free again so long after its queue was deleted. */
export const nameRest = 60_000;
/** One purge of a queue in so long. */
export const purgeRest = 60_000;
/** So long a change of DeduplicationScope takes to work, as recorded from AWS. */
export const scopeChangeTakes = 60_000;
export const mostTags = 50;
