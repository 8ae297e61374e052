import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import { money } from '../look/money.js';
import { base } from '../look/styles.js';
import { day } from '../look/words.js';
import { t } from '../messages/messages.js';
import { Api } from '../service/api.js';

/** Today's cost of AI services and, if set, the daily budget. */
export class SpendingToday extends LitElement {
  static properties = {
    usage: { state: true },
  };

  constructor() {
    super();
    /** @type {Usage | undefined} */
    this.usage = undefined;
  }

  /** @param {string} address of the service */
  async load(address) {
    this.usage = undefined;
    try {
      this.usage = await new Api(address).usage();
    } catch {
      // An older service does not count; if it can't be reached, the connection state shows that.
    }
  }

  render() {
    if (!this.usage) {
      return nothing;
    }
    const { spent, daily_budget: budget, prices_dated: dated } = this.usage;
    const share = budget ? Math.min(1, spent.usd / budget) : 0;
    return html`
      <h3>${t('common.spentToday')}</h3>
      <p class="sum numeric">
        ${money(spent.usd)}${budget ? html` <span>${t('settings.ofBudget', { budget: money(budget) })}</span>` : nothing}
      </p>
      ${budget
        ? html`<div class="track ${share >= 1 ? 'spent' : ''}" aria-hidden="true"><div style="width: ${share * 100}%"></div></div>`
        : nothing}
      <p>
        ${share >= 1 ? t('settings.theDailyBudgetIsSpentServices') : nothing}
        ${spent.unpriced > 0 ? t('settings.answersWithoutAKnownPrice', { answers: t('count.answers', { n: spent.unpriced }) }) : nothing}
        ${t('settings.pricesAsOfDate', { date: day(dated) })}
      </p>
    `;
  }

  static styles = [
    base,
    css`
      :host {
        display: block;
        margin-top: 20px;
      }
      h3 {
        margin-bottom: 4px;
        font-size: 13px;
        font-weight: 500;
      }
      p {
        color: var(--soft);
        font-size: 12px;
      }
      .sum {
        color: var(--ink);
        font-size: 15px;
      }
      .sum span {
        color: var(--soft);
      }
      .track {
        height: 4px;
        margin: 4px 0 6px;
        overflow: hidden;
        border-radius: 2px;
        background: var(--line);
      }
      .track div {
        height: 100%;
        background: var(--now-fill);
      }
      .track.spent div {
        background: var(--bad);
      }
    `,
  ];
}

customElements.define('fw-spending', SpendingToday);
