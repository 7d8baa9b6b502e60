// Every command, by the name the manifest contributes it under. A test holds the two to each other.

/** What can be done with resources: their code loads when the first is called. */
export const actionIds = [
  'awsLabs.createTopic',
  'awsLabs.createQueue',
  'awsLabs.createBucket',
  'awsLabs.createStream',
  'awsLabs.sendMessage',
  'awsLabs.publishMessage',
  'awsLabs.putRecord',
  'awsLabs.subscribe',
  'awsLabs.confirmSubscription',
  'awsLabs.deleteSubscription',
  'awsLabs.deleteResource',
  'awsLabs.purgeQueue',
  'awsLabs.redriveAll',
  'awsLabs.startInstance',
  'awsLabs.stopInstance',
  'awsLabs.stopAllAutoOff',
  'awsLabs.terminateInstance',
  'awsLabs.editTags',
  'awsLabs.upload',
  'awsLabs.download',
  'awsLabs.newFolder',
  'awsLabs.deleteObject',
  'awsLabs.presign',
  'awsLabs.copyArn',
  'awsLabs.copyUrl',
  'awsLabs.copyName',
  'awsLabs.openInConsole',
  'awsLabs.showAsJson',
] as const;

/** Policies, attributes and objects as documents: likewise. */
export const documentIds = ['awsLabs.openPolicy', 'awsLabs.openAttributes', 'awsLabs.openObject'] as const;

/** SAML metadata and messages: likewise. */
export const samlIds = [
  'awsLabs.samlProfile',
  'awsLabs.samlFormatted',
  'awsLabs.samlExtractCertificate',
  'awsLabs.samlDecode',
  'awsLabs.samlReport',
] as const;

/** What is made from SAML metadata: likewise. */
export const samlCreateIds = [
  'awsLabs.createIamProvider',
  'awsLabs.createSamlRole',
  'awsLabs.createCognitoProvider',
  'awsLabs.adfsClaimRules',
  'awsLabs.spMetadata',
  'awsLabs.deleteSignIn',
] as const;

export const commandIds = [
  'awsLabs.openLab',
  'awsLabs.openLabSource',
  'awsLabs.refreshLabs',
  'awsLabs.refreshResources',
  'awsLabs.refreshResource',
  'awsLabs.findResource',
  'awsLabs.addByName',
  'awsLabs.loadMore',
  'awsLabs.runStep',
  'awsLabs.runToStep',
  'awsLabs.runAll',
  'awsLabs.checkStep',
  'awsLabs.undoStep',
  'awsLabs.stop',
  'awsLabs.resetLab',
  'awsLabs.cleanUp',
  'awsLabs.switchTarget',
  'awsLabs.switchRegion',
  'awsLabs.signIn',
  'awsLabs.pasteCredentials',
  'awsLabs.forgetCredentials',
  'awsLabs.useSandbox',
  'awsLabs.restartSandbox',
  'awsLabs.resetSandbox',
  'awsLabs.advanceClock',
  'awsLabs.showEnvironment',
  'awsLabs.openMailbox',
  'awsLabs.refreshMailbox',
  'awsLabs.showLog',
  'awsLabs.viewQueue',
  'awsLabs.samlRoundTrip',
  ...actionIds,
  ...documentIds,
  ...samlIds,
  ...samlCreateIds,
] as const;

export type CommandId = (typeof commandIds)[number];
