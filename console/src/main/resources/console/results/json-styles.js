import { css } from '../lib/lit/index.js';

/** A JSON answer: names beside their values. */
export const jsonStyles = css`
  .json {
    display: grid;
    grid-template-columns: fit-content(42%) minmax(0, 1fr);
    gap: 2px 12px;
    white-space: normal;
  }
  .json.list {
    grid-template-columns: minmax(0, 1fr);
    gap: 4px;
  }
  .json .json:not(.list) {
    padding-left: 8px;
    border-left: 1px solid var(--line-strong);
  }
  .pair {
    display: grid;
    grid-column: 1 / -1;
    grid-template-columns: subgrid;
    align-items: baseline;
  }
  .key {
    position: relative;
    color: var(--soft);
    font-size: 13px;
  }
  .value {
    white-space: pre-line;
  }
  .json code {
    font: 400 12px/1.5 ui-monospace, monospace;
    white-space: pre-wrap;
  }
  /* A column of its own is narrow. */
  .columns .json,
  .columns .pair {
    display: block;
  }
  .columns .key {
    margin-right: 6px;
  }
  /* Records: a column for each field, its name above them. */
  .fields,
  .table .line {
    grid-template-columns: var(--at, 46px) minmax(0, 1fr) 72px;
  }
  .fields {
    display: grid;
    gap: 10px;
    padding: 6px 36px 6px 16px;
    border-bottom: 1px solid var(--line);
    color: var(--soft);
    font-size: 12px;
    font-weight: 600;
  }
  .fields .names,
  .table .json {
    display: grid;
    grid-template-columns: var(--fields);
    gap: 2px 12px;
  }
  .fields .names span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .table .pair {
    display: block;
    grid-column: auto;
    overflow-wrap: anywhere;
  }
  .table .key {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
`;
