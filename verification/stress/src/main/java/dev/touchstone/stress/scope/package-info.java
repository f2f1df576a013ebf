/** Stress tests of scopes. */
package dev.touchstone.stress.scope;
