import classes from './mark.module.css';

/** A digital edge, with the session's colour before and the device's after it. */
export function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" className={classes.mark} aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#22304a" />
      <path
        d="M5 20h6v-8h7v8h9"
        fill="none"
        stroke="#f7f7f4"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="11" cy="20" r="2.6" fill="#a48af0" />
      <circle cx="18" cy="12" r="2.6" fill="#3fc1ae" />
    </svg>
  );
}
