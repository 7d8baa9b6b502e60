/** All that a report on SAML metadata shows, in words. Texts of the file are as they stand there: shown as text, never as HTML. */
export interface SamlReportView {
  readonly file: string;
  readonly profile: string;
  readonly entityID: string | undefined;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly answers: readonly SamlAnswer[];
  readonly signature: { readonly state: 'none' | 'valid' | 'invalid' | 'unverifiable'; readonly words: string };
  readonly roles: readonly SamlRoleView[];
  readonly moreEntities: number;
  readonly certificates: readonly SamlCertificateView[];
  /** Milliseconds: what the time line spans. */
  readonly span: { readonly from: number; readonly to: number; readonly now: number };
  readonly groups: readonly SamlFindingGroup[];
  readonly comparison?: SamlComparisonView;
}

export interface SamlAnswer {
  readonly who: 'IAM' | 'Cognito';
  readonly accepts: boolean;
  readonly says: readonly string[];
}

export interface SamlRoleView {
  readonly entityID: string | undefined;
  readonly title: string;
  readonly endpoints: readonly { readonly service: string; readonly words: string; readonly location: string }[];
}

export interface SamlCertificateView {
  readonly subject: string;
  readonly use: string;
  readonly state: 'valid' | 'soon' | 'expired' | 'future';
  readonly words: string;
  readonly from: number;
  readonly to: number;
  readonly sha1: string;
  readonly sha256: string;
  readonly key: string;
}

export interface SamlFindingGroup {
  readonly severity: 'error' | 'warning' | 'info';
  readonly title: string;
  readonly findings: readonly SamlFindingView[];
  readonly more: number;
}

export interface SamlFindingView {
  readonly rule: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly why: string;
  readonly aws?: string;
  /** The offset to go to. */
  readonly at: number;
}

export interface SamlComparisonView {
  readonly before: string;
  readonly sentence: string;
  readonly changes: readonly { readonly kind: 'added' | 'removed'; readonly what: string }[];
}

export type SamlReportRequest =
  | { readonly kind: 'ready' }
  | { readonly kind: 'goTo'; readonly at: number }
  | { readonly kind: 'profile' }
  | { readonly kind: 'compare' }
  | { readonly kind: 'roundTrip' };
