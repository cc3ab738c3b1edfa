/**
 * Is the request what its method asks for? Required parameters, and the body against a model's JSON
 * Schema (draft 4), both compiled when a stage is. Schemas are evaluated here rather than by a
 * library because each step of it has to be paid for from a budget, must end at a bounded depth and
 * must speak in the vendor's words.
 */
package io.gatehouse.runtime.validate;
