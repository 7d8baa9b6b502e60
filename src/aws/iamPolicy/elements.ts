// What may stand in a policy and in its statements.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html

export const documentElements: Readonly<Record<string, string>> = {
  Version: 'The version of the policy language: `2012-10-17`. Without it policy variables are plain text.',
  Id: 'A name for the policy. It means nothing to AWS.',
  Statement: 'The statements. What any of them denies is denied; else what any of them allows is allowed.',
};

export const statementElements: Readonly<Record<string, string>> = {
  Sid: 'A name for the statement, once in a policy.',
  Effect: '`Allow` or `Deny`. A denial wins over everything that allows.',
  Principal: 'Who: accounts, users, roles, services; `*` is everybody.',
  NotPrincipal: 'Everybody but these. Meant for `Deny`.',
  Action: 'What they may do: `sns:Publish`; `*` and `?` stand for any text and any character.',
  NotAction: 'Everything but this.',
  Resource: 'On what: ARNs; `*` and `?` stand for any text and any character.',
  NotResource: 'On everything but this.',
  Condition: 'When: operators, each with keys and the values wanted. All of them have to hold.',
};

export const versions = ['2012-10-17', '2008-10-17'] as const;
