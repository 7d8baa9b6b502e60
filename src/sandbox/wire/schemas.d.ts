// The SDK's clients ship their schemas as plain JavaScript without types of their own beside it.
declare module '@aws-sdk/*/dist-es/schemas/schemas_0.js';
