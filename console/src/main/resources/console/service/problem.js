import { t } from '../messages/messages.js';

/**
 * Titles for users; the API's own titles are those of HTTP.
 *
 * @type {Record<number, string>}
 */
const PLAIN_TITLES = {
  401: t('service.signInOrEnterAKey'),
  403: t('service.yourAccountMayNotDoThis'),
  404: t('service.notFound'),
  409: t('service.notPossibleRightNow'),
  410: t('service.thisVideoWasDeleted'),
  413: t('common.thisVideoIsTooLarge'),
  414: t('service.theRequestIsTooLong'),
  415: t('service.thisFileCannotBeReadAs'),
  422: t('service.theRequestIsNotValid'),
  429: t('service.tooManyRequests'),
  500: t('service.theServiceHadAnInternalError'),
  502: t('service.theModelProviderDidntAnswer'),
  503: t('service.notAvailableYet'),
  504: t('service.theModelProviderTookTooLong'),
  507: t('service.theDiskIsFull'),
};

/** @type {Record<string, string>} titles of what is wrong with the service's store, by code */
const STORE_TITLES = {
  disk_full: t('service.theDiskIsFull'),
  storage_failed: t('service.answersCannotBeStored'),
  database_damaged: t('service.theDatabaseIsDamaged'),
  database_unavailable: t('service.cannotReachTheDatabase'),
  files_unavailable: t('service.cannotReachTheFileStore'),
  taken_over: t('service.anotherNodeHasTakenOver'),
};

/** An error of the service, in words for the user: `title` says what happened, `detail` what to do. */
export class Problem extends Error {
  /**
   * @param {{title: string, detail: string, status?: number, code?: string, steps?: string[],
   *     fields?: Record<string, string>, unreachable?: boolean}} facts
   */
  constructor({ title, detail, status = 0, code = '', steps = [], fields = {}, unreachable = false }) {
    super(detail);
    this.title = title;
    this.detail = detail;
    this.status = status;
    this.code = code;
    this.steps = steps;
    /** Errors by field name. */
    this.fields = fields;
    this.unreachable = unreachable;
  }

  /** Whether the service's disk or database is the reason. */
  get isOfStore() {
    return this.code in STORE_TITLES;
  }

  /**
   * @param {{code?: string, detail?: string}} trouble of the service's disk or database
   * @returns {Problem}
   */
  static storage({ code, detail }) {
    return new Problem({
      title: STORE_TITLES[code ?? ''] ?? t('service.answersCannotBeStored'),
      detail: detail ?? '',
      code,
    });
  }

  /**
   * @param {string} address
   * @returns {Problem}
   */
  static unreachable(address) {
    return new Problem({
      title: t('service.cannotConnectToBackendServer'),
      detail: t('service.nothingAnswersAtAddress', { address }),
      steps: [
        t('service.makeSureTheServiceIsRunning'),
        t('service.checkThatItsUrlInThe'),
        t('service.verifyThatItCanBeReached', { address }),
        ...(new URL(address).origin === location.origin
          ? []
          : [t('service.bothServicesMustAllowTheOther', { there: new URL(address).origin, here: location.origin })]),
      ],
      unreachable: true,
    });
  }

  /**
   * @param {number} seconds
   * @returns {Problem}
   */
  static tooSlow(seconds) {
    return new Problem({
      title: t('service.theServiceTakesTooLong'),
      detail: t('service.itGaveNoAnswerWithinSeconds', { seconds }),
    });
  }

  /**
   * Reads `application/problem+json`; any other response is described by its status alone.
   *
   * @param {number} status
   * @param {string} body
   * @returns {Problem}
   */
  static ofAnswer(status, body) {
    /** @type {{title?: string, detail?: string, code?: string, errors?: {field: string, message: string}[]}} */
    let sent = {};
    try {
      sent = JSON.parse(body) ?? {};
    } catch {
      // A proxy in between answered in HTML.
    }
    return new Problem({
      title: STORE_TITLES[sent.code ?? ''] ?? PLAIN_TITLES[status] ?? sent.title ?? t('service.theServiceAnsweredStatus', { status }),
      detail: sent.detail ?? t('service.itGaveNoReasonItsLog'),
      status,
      code: sent.code,
      // A single error is already in the sentence above.
      steps: (sent.errors ?? []).map((e) => e.message).filter((message) => !sent.detail?.startsWith(message)),
      fields: Object.fromEntries((sent.errors ?? []).map((e) => [e.field, e.message])),
    });
  }

  /**
   * @param {unknown} thrown
   * @returns {Problem}
   */
  static of(thrown) {
    if (thrown instanceof Problem) {
      return thrown;
    }
    return new Problem({
      title: t('service.somethingWentWrongInThisPage'),
      detail: thrown instanceof Error ? thrown.message : String(thrown),
    });
  }
}
