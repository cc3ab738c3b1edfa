/**
 * The logs of requests, kept on the control plane's own disk and searchable: one index for each
 * account and day. Works without the database. Knows Lucene; nobody else does.
 */
package io.gatehouse.admin.logs;
