import { css } from '../lib/lit/index.js';

export const nodesPageStyles = css`
  :host {
    display: block;
    max-width: 1000px;
    padding: 8px 20px 40px;
  }
  h1 {
    margin: 4px 0;
    font-size: 20px;
    font-weight: 600;
  }
  .facts {
    margin-bottom: 12px;
    color: var(--soft);
    font-size: 13px;
  }
  .wrong:not(:empty) {
    margin-bottom: 10px;
    color: var(--bad);
    font-size: 13px;
  }
  .none {
    max-width: 64ch;
    margin: 8px 0 12px;
    font-size: 14px;
    line-height: 1.5;
  }
  .more {
    margin-top: 12px;
    font-size: 14px;
  }
  ul {
    display: grid;
    gap: 12px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .panel {
    min-width: 0;
    padding: 14px 20px 16px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--paper);
    box-shadow: var(--shadow);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
  }
  h2 {
    flex: 1 1 auto;
    min-width: 0;
    font-size: 15px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .state {
    font-size: 13px;
  }
  small,
  .about,
  dt {
    color: var(--soft);
    font-size: 12px;
    font-weight: 400;
  }
  .about {
    margin-top: 2px;
    overflow-wrap: anywhere;
  }
  dl {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(118px, 1fr));
    gap: 12px 24px;
    margin: 12px 0 0;
  }
  dd {
    margin: 2px 0 0;
    font-size: 16px;
    font-weight: 600;
  }
  .meter {
    margin-top: 6px;
  }
  @media (max-width: 800px) {
    :host {
      padding: 4px 12px 32px;
    }
    .panel {
      padding: 12px 14px 14px;
    }
    h2 {
      flex-basis: 100%;
    }
    .head button {
      margin-left: auto;
    }
  }
`;
