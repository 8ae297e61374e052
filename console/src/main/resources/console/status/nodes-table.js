import { html, nothing } from '../lib/lit/index.js';
import { number } from '../look/words.js';
import { t } from '../messages/messages.js';
import { length } from '../watches/watch-words.js';

/** Another clock than that of the nodes must not show a start in the future. */
const LEAST_SECONDS = 1;

/**
 * The nodes that work on the database; nothing where the service works alone.
 *
 * @param {NodesPage | undefined} page
 */
export function nodesTable(page) {
  if (!page?.clustered) {
    return nothing;
  }
  return html`<h2 id="nodes">${t('status.nodes')}</h2>
    <div class="panel scroll">
      <table aria-labelledby="nodes">
        <thead>
          <tr>
            <th scope="col">${t('status.node')}</th>
            <th scope="col">${t('common.state')}</th>
            <th scope="col" class="number">${t('status.nodeSessions')}</th>
            <th scope="col" class="number">${t('status.nodeStreaming')}</th>
            <th scope="col" class="number">${t('status.nodeRoom')}</th>
            <th scope="col" class="number">${t('status.nodeLease')}</th>
          </tr>
        </thead>
        <tbody>
          ${page.nodes.map(row)}
        </tbody>
      </table>
    </div>`;
}

/** @param {ServiceNode} node */
function row(node) {
  const up = Math.max(LEAST_SECONDS, (Date.now() - Date.parse(node.started_at)) / 1000);
  const version = node.version.startsWith('$') ? '' : `Framewise ${node.version}`;
  return html`<tr>
    <th scope="row">
      ${node.address}
      <small>${[node.self ? t('status.thisNode') : '', version, t('status.runningForLength', { length: length(up) })].filter(Boolean).join(' · ')}</small>
    </th>
    <td>${state(node)}</td>
    <td class="number">${number(node.sessions)}</td>
    <td class="number">${number(node.streaming)}</td>
    <td class="number">${number(node.room)}</td>
    <td class="number">${node.alive ? `${node.lease_seconds.toFixed(1)} s` : '–'}</td>
  </tr>`;
}

/** @param {ServiceNode} node */
function state(node) {
  if (!node.alive) {
    return html`<span class="state open">${t('status.leaseIsOver')}</span>`;
  }
  return node.draining
    ? html`<span class="state wait">${t('status.handsOverItsSessions')}</span>`
    : html`<span class="state on">${t('common.ready')}</span>`;
}
