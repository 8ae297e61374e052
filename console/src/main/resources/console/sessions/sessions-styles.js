import { css } from '../lib/lit/index.js';

export const sessionsStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
  }
  .head {
    position: sticky;
    top: 0;
    z-index: 1;
    padding-bottom: 4px;
    background: var(--ground);
  }
  .title {
    display: flex;
    align-items: center;
    gap: 4px;
    min-height: 48px;
    padding: 0 4px 0 12px;
  }
  .gap {
    flex: 1;
  }
  .touch {
    display: none;
  }
  @media (hover: none) {
    .touch {
      display: inline-flex;
    }
  }
  h2 {
    font-size: 14px;
    font-weight: 600;
  }
  .title button {
    min-height: 30px;
    padding: 0 10px 0 8px;
    font-size: 12px;
  }
  .narrow {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 6px;
    padding: 0 4px 4px;
  }
  .narrow input,
  .narrow select {
    min-height: 30px;
    padding: 3px 8px;
    font-size: 12px;
  }
  .narrow select {
    width: auto;
  }
  nav {
    flex: 1;
    min-height: 0;
    padding: 0 8px 16px;
    overflow-y: auto;
    scrollbar-width: thin;
    scrollbar-color: var(--line-strong) transparent;
  }
  nav > button {
    width: 100%;
    color: var(--soft);
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    position: relative;
    margin-bottom: 1px;
    border-radius: var(--radius-small);
  }
  li:hover {
    background: var(--hover);
  }
  li.chosen {
    background: var(--raised);
    box-shadow: inset 0 0 0 1px var(--line);
  }
  li.selected {
    background: var(--now-wash);
  }
  .select {
    position: absolute;
    top: 12px;
    left: 11px;
    opacity: 0;
    cursor: pointer;
  }
  li:hover .select,
  li:has(a:focus-visible) .select,
  .selecting .select {
    opacity: 1;
  }
  .selecting .acts {
    display: none;
  }
  @media (hover: none) {
    li:hover .select {
      opacity: 0;
    }
    .selecting li .select {
      opacity: 1;
    }
  }
  a.uploading {
    display: flex;
    justify-content: space-between;
    gap: 8px;
    padding: 8px 12px;
    text-decoration: none;
  }
  .row {
    display: grid;
    grid-template-columns: 64px minmax(0, 1fr);
    gap: 0 10px;
    padding: 8px;
    border-radius: var(--radius-small);
    text-decoration: none;
  }
  .picture {
    align-self: start;
    width: 64px;
    height: 40px;
    margin-top: 1px;
    border-radius: 4px;
  }
  .about {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 1px 8px;
    min-width: 0;
  }
  .name {
    font-weight: 500;
  }
  .status,
  .facts,
  .newest {
    color: var(--soft);
    font-size: 12px;
  }
  .newest {
    grid-column: 1 / -1;
    overflow: hidden;
    color: var(--ink);
    text-align: left;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .newest.bad {
    color: var(--bad);
  }
  .facts {
    display: flex;
    grid-column: 1 / -1;
    align-items: center;
    gap: 5px;
    min-width: 0;
  }
  .facts > span:last-child {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .kind .icon {
    width: 13px;
    height: 13px;
  }
  .streaming,
  .waiting {
    color: var(--now);
    font-weight: 500;
  }
  .status b {
    margin-right: 3px;
    padding: 0 4px;
    border: 1px solid currentColor;
    border-radius: 3px;
    font-size: 11px;
    font-weight: 600;
  }
  .failed {
    color: var(--bad);
  }
  .acts {
    position: absolute;
    right: 4px;
    bottom: 4px;
    display: flex;
    border-radius: var(--radius-small);
    background: var(--hover);
    opacity: 0;
  }
  li.chosen .acts {
    background: var(--raised);
  }
  .acts .bare {
    width: 26px;
    min-height: 26px;
  }
  li:hover .acts,
  li:focus-within .acts {
    opacity: 1;
  }
  @media (hover: none) {
    .acts {
      opacity: 1;
    }
    .facts {
      padding-right: 56px;
    }
  }
  form {
    padding: 8px;
  }
  form input {
    font-size: 13px;
  }
  form p {
    margin-top: 4px;
    color: var(--bad);
    font-size: 12px;
  }
  .none {
    padding: 4px 12px;
    color: var(--soft);
    font-size: 13px;
  }
`;
