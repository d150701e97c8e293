/** Set-up screens: only their look. */
import "./settings.css";

export function mount(): void {}
