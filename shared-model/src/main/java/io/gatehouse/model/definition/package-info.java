/**
 * What an API is while it is being edited: one immutable document per REST API, and the rules that
 * keep it whole.
 */
package io.gatehouse.model.definition;
