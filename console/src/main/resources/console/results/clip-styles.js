import { css } from '../lib/lit/index.js';

/** Several questions: side by side, or stacked where space is narrow. */
export const clipStyles = css`
  .clip {
    display: grid;
    grid-template-columns: var(--at, 46px) minmax(0, 1fr);
    column-gap: 10px;
    padding: 4px 8px 4px 13px;
    border-left: 3px solid transparent;
    border-bottom: 1px solid var(--line);
    content-visibility: auto;
    contain-intrinsic-size: auto 60px;
  }
  .clip.columns,
  .questions.columns {
    grid-template-columns: var(--at, 46px) repeat(var(--columns), minmax(0, 1fr));
  }
  .clip.current {
    border-left-color: var(--now-fill);
    background: var(--now-wash);
  }
  .clip > .at {
    grid-row: 1 / span 8;
    align-items: start;
    justify-content: end;
    min-height: 0;
    padding: 5px 0;
    border: 0;
    background: none;
  }
  .clip.columns > .at {
    grid-row: auto;
  }
  .clip > .at:hover {
    text-decoration: underline;
  }
  .cell {
    grid-column: 2;
    min-width: 0;
    padding: 4px 28px 4px 4px;
    font-size: 14px;
  }
  .columns > .cell {
    grid-column: auto;
  }
  .clip:not(.columns) > .none {
    display: none;
  }
  .cell .details > summary {
    top: 1px;
    right: 0;
  }
  .cell fw-result-details {
    margin-right: -24px;
    padding-inline: 0;
  }
  .label {
    display: block;
    color: var(--soft);
    font-size: 11px;
    font-weight: 600;
  }
  .questions {
    display: grid;
    gap: 2px 10px;
    padding-right: 8px;
    font-weight: 400;
  }
  .questions:not(.columns) {
    position: static; /* they would hide the answers */
  }
  .question {
    min-width: 0;
    padding: 0 4px;
  }
  .question b {
    font-weight: 600;
  }
  .columns .question b {
    display: block;
  }
  .asks {
    display: -webkit-box;
    overflow: hidden;
    color: var(--soft);
    font-size: 12px;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .filter {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    padding: 8px 16px;
    border-bottom: 1px solid var(--line);
  }
  .filter button {
    max-width: 180px;
    min-height: 28px;
    padding: 0 10px;
    border-radius: 14px;
    font-size: 12px;
    font-weight: 400;
  }
  /* The button is a flex container, whose own text would be cut at both ends. */
  .filter button span {
    overflow: hidden;
    min-width: 0;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`;
