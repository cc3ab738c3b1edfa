/** Secrets that are written down or travel: sealed, and bound to whose they are. */
package io.gatehouse.model.seal;
