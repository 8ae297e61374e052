import { css } from '../lib/lit/index.js';

export const watchesPageStyles = css`
  .panel {
    margin-top: 8px;
  }
  .watch {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 170px 200px;
    gap: 4px 20px;
    align-items: center;
    padding: 12px 10px 12px 16px;
  }
  .about {
    display: grid;
    gap: 2px;
    min-width: 0;
  }
  button.name {
    justify-content: flex-start;
    min-height: 0;
    max-width: 100%;
    padding: 0;
    border: 0;
    border-radius: 3px;
    background: none;
  }
  .name {
    overflow: hidden;
    font-size: 14px;
    font-weight: 600;
    line-height: 1.35;
    text-overflow: ellipsis;
  }
  button.name:hover {
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .condition {
    overflow: hidden;
    font-size: 13px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .condition.code {
    font-family: ui-monospace, monospace;
    font-size: 12px;
  }
  .facts {
    color: var(--soft);
    font-size: 12px;
  }
  .last {
    display: grid;
    gap: 4px;
    justify-items: start;
    font-size: 12px;
  }
  .last a {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    color: var(--soft);
    text-decoration: none;
  }
  .last a:hover {
    color: var(--ink);
    text-decoration: underline;
  }
  .last img {
    width: 40px;
    height: 24px;
    border-radius: 3px;
    background: var(--sunk);
    object-fit: cover;
  }
  .acts {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: 4px;
  }
  .acts > button:not(.bare, .switch) {
    min-height: 28px;
    padding: 0 10px;
    font-size: 12px;
  }
  .switch {
    position: relative;
    width: 34px;
    min-height: 20px;
    margin: 0 6px;
    padding: 0;
    border-radius: 10px;
    border-color: var(--line-strong);
    background: var(--sunk);
  }
  .switch::after {
    position: absolute;
    top: 2px;
    left: 2px;
    width: 14px;
    height: 14px;
    border-radius: 50%;
    background: var(--line-strong);
    content: '';
    transition: transform 0.12s;
  }
  .switch[aria-checked='true'] {
    border-color: var(--good);
    background: var(--good);
  }
  .switch[aria-checked='true']::after {
    background: var(--paper);
    transform: translateX(14px);
  }
  [popover] {
    inset: auto;
    position-area: bottom span-left;
    margin: 4px 0 0;
    padding: 4px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--raised);
    color: var(--ink);
    box-shadow: var(--shadow-high);
  }
  [popover]:popover-open {
    display: grid;
  }
  [popover] button {
    justify-content: flex-start;
  }
  @media (max-width: 900px) {
    .watch {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .last {
      grid-column: 1;
    }
    .acts {
      grid-row: 2;
      grid-column: 2;
      align-self: end;
    }
    .about {
      grid-column: 1 / -1;
    }
  }
`;
