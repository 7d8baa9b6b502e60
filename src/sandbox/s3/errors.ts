// S3's refusals: code, sentence and members as AWS writes them.
import { AwsError } from '../service.ts';

type Fields = Readonly<Record<string, unknown>>;

export const refuse = (
  code: string,
  message: string,
  status = 400,
  fields: Fields = {},
  headers: Readonly<Record<string, string>> = {},
): AwsError => new AwsError(code, message, { status, fields, headers });

export const noSuchBucket = (name: string): AwsError =>
  refuse('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: name });

export const noSuchKey = (key: string, headers: Readonly<Record<string, string>> = {}): AwsError =>
  refuse('NoSuchKey', 'The specified key does not exist.', 404, { Key: key }, headers);

export const noSuchVersion = (key: string, versionId: string): AwsError =>
  refuse('NoSuchVersion', 'The specified version does not exist.', 404, { Key: key, VersionId: versionId });

export const noSuchUpload = (uploadId: string): AwsError =>
  refuse(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    404,
    { UploadId: uploadId },
  );

export const invalidArgument = (message: string, name: string, value?: string): AwsError =>
  refuse('InvalidArgument', message, 400, { ArgumentName: name, ...(value !== undefined && { ArgumentValue: value }) });

export const invalidRequest = (message: string): AwsError => refuse('InvalidRequest', message);

export const malformedXml = (): AwsError =>
  refuse('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');

export const invalidVersionId = (value: string): AwsError =>
  invalidArgument('Invalid version id specified', 'versionId', value);

export const accessDenied = (message = 'Access Denied'): AwsError => refuse('AccessDenied', message, 403);

/** `condition`: the header whose condition did not hold. */
export const preconditionFailed = (condition: string): AwsError =>
  refuse('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
    Condition: condition,
  });

export const notImplementedHeader = (header: string, more?: string): AwsError =>
  refuse('NotImplemented', 'A header you provided implies functionality that is not implemented', 501, {
    Header: header,
    ...(more !== undefined && { additionalMessage: more }),
  });

export const markerNotAllowed = (method: string, headers: Readonly<Record<string, string>> = {}): AwsError =>
  refuse(
    'MethodNotAllowed',
    'The specified method is not allowed against this resource.',
    405,
    { Method: method, ResourceType: 'DeleteMarker' },
    headers,
  );
