/**
 * What the control plane remembers, one row per thing with a life of its own; the only package that
 * uses Jakarta Persistence. Every query takes the account, so that an id of another tenant answers
 * as one that does not exist. Nothing here opens a transaction but what runs by itself (start-up,
 * access keys): the guard's transaction is used.
 */
package io.gatehouse.admin.store;
